-- The tickets as moddy's own table has them (thread_id, user_id, category …), for programs that read that table. Only what has, or had, a thread or channel.
create view moddy_tickets as
select
  home_channel_id as thread_id,
  opener_id as user_id,
  department as category,
  claimed_by,
  {time opened_at} as created_at,
  slot is null as archived,
  {time closed_at} as archived_at,
  {answers doc} as metadata
from tickets
where home_channel_id is not null;
