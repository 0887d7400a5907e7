insert into ticket_notes (guild_id, ticket, doc) select guild_id, number, json_extract(doc, '$.notes') from tickets where json_array_length(doc, '$.notes') > 0;
update tickets set doc = json_set(doc, '$.notes', json('[]')) where json_array_length(doc, '$.notes') > 0;
