-- What is worked on is little, however much there is of the rest. SQLite, which counts no rows unless it is told to, walks it only where an index holds all that is asked for.
create index tickets_at_work on tickets (guild_id, number, slot, opened_at, priority, department, status, opener_id, claimed_by, home_channel_id, home_gone) where slot is not null;
