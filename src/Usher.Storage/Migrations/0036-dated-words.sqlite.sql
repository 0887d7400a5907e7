-- Each word is sought in a part of the archive's order: one that many words begin with had lists as long as the archive. A part is 2^53 of the order's places, some 25 days, and a guild's own.
alter table search add column dated text generated always as (
  '~' || guild_id || '~' || (place >> 53) || '~' || replace(words, ' ', ' ~' || guild_id || '~' || (place >> 53) || '~')) virtual;
drop trigger search_added;
drop trigger search_changed;
drop trigger search_removed;
drop table search_words;
-- What a department's tickets say is sought by the department, too.
update search set words = words || ' ~e' || (select lower(hex(t.department)) from tickets t where t.guild_id = search.guild_id and t.number = search.ticket);
create virtual table search_words using fts5 (dated, content = 'search', content_rowid = 'id', detail = none, tokenize = "ascii tokenchars '~'");
insert into search_words (search_words) values ('rebuild');
create trigger search_added after insert on search begin
  insert into search_words (rowid, dated) values (new.id, new.dated);
end;
create trigger search_changed after update of words, place on search when old.dated <> new.dated begin
  insert into search_words (search_words, rowid, dated) values ('delete', old.id, old.dated);
  insert into search_words (rowid, dated) values (new.id, new.dated);
end;
create trigger search_removed after delete on search begin
  insert into search_words (search_words, rowid, dated) values ('delete', old.id, old.dated);
end;
