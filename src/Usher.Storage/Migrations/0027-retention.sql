-- When what was said in a ticket was last removed, 0 for never, and by when tickets ended: so those whose time is over are found.
alter table tickets add column content_removed bigint not null default 0;
create index tickets_over on tickets (guild_id, department, coalesce(closed_at, opened_at)) where slot is null;
