-- A list is walked in the order in which its tickets were opened, by whatever narrows it most. An import's tickets are older than their numbers say.
-- The department leads in its own, lest somebody's few tickets be sought among all of their guild's for the sake of their order.
drop index tickets_department;
create index tickets_department on tickets (department, guild_id, opened_at, number);
drop index tickets_claimed;
create index tickets_claimed on tickets (guild_id, claimed_by, opened_at, number) where claimed_by is not null;
drop index tickets_opener;
create index tickets_opener on tickets (guild_id, opener_id, opened_at, number);
create index tickets_opened on tickets (guild_id, opened_at, number);
create index tickets_failed on tickets (guild_id, opened_at, number) where status = 'failed';

-- Few tickets have a voice channel, and a start asks for all of them.
create index tickets_calling on tickets (guild_id, number) where doc like '%"call":{%';
