-- Which home is which ticket's is read from the index alone: at a start all of them are, and tickets are long. PostgreSQL's walls ask for the opener, too.
drop index tickets_home;
create index tickets_home on tickets (home_channel_id, guild_id, number, home_gone, opener_id) where home_channel_id is not null;
