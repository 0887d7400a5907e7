-- Each word is sought in a part of the archive's order: one that many words begin with had lists as long as the archive, which the server reads from end to end wherever it looks. A part is 2^53 of the order's
-- places, some 25 days, and a guild's own.
create function usher_dated(words tsvector, guild_id bigint, place bigint) returns tsvector language sql immutable strict parallel safe
  return array_to_tsvector(string_to_array(
    '~' || guild_id || '~' || (place >> 53) || '~' || array_to_string(tsvector_to_array(words), ' ~' || guild_id || '~' || (place >> 53) || '~'), ' '));
drop index search_words;
drop policy if exists usher_sought on search;
-- What a department's tickets say is sought by the department, too.
update search s set words = words || array_to_tsvector(array['~e' || encode(convert_to(t.department, 'UTF8'), 'hex')]) from tickets t where t.guild_id = s.guild_id and t.number = s.ticket;
create index search_words on search using gin (usher_dated(words, guild_id, place)) with (fastupdate = on, gin_pending_list_limit = 512);

-- The same rows under another name, with another wall: only what was sought passes. Rows that are looked at without the index pay nothing for it. The walls of the table that a statement names are those that hold.
create table search_sought (like search);
alter table search inherit search_sought;
