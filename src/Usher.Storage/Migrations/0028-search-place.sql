-- What was said last is looked at one by one before the words are sought in everything: a word that everybody says is found there at once.
create index search_place on search (guild_id, place);
