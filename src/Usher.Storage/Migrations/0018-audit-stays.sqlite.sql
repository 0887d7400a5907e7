create trigger audit_is_not_changed before update on audit begin
  select raise(abort, 'The audit log cannot be changed.');
end;
create trigger audit_is_not_deleted before delete on audit begin
  select raise(abort, 'The audit log cannot be changed.');
end;
-- «insert or replace» would put another row in one's place without a word to the triggers above.
create trigger audit_goes_on before insert on audit
when new.id is not (select coalesce(max(id), 0) + 1 from audit where guild_id = new.guild_id) begin
  select raise(abort, 'The audit log only goes on at its end.');
end;
