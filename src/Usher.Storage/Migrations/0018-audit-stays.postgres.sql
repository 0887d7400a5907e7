create function usher_audit_stays() returns trigger language plpgsql as $$
begin
  raise exception 'The audit log cannot be changed.';
end $$;
create function usher_audit_goes_on() returns trigger language plpgsql as $$
begin
  if new.id is distinct from (select coalesce(max(id), 0) + 1 from audit where guild_id = new.guild_id) then
    raise exception 'The audit log only goes on at its end.';
  end if;
  return new;
end $$;
create trigger audit_is_not_changed before update or delete on audit for each row execute function usher_audit_stays();
create trigger audit_is_not_emptied before truncate on audit for each statement execute function usher_audit_stays();
create trigger audit_goes_on before insert on audit for each row execute function usher_audit_goes_on();
-- The role that owns the table can give itself these rights back; that is a deed of its own, and the triggers hold all the same.
revoke update, delete, truncate on audit from current_user;
