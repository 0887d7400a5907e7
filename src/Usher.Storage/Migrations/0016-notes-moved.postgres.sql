insert into ticket_notes (guild_id, ticket, doc) select guild_id, number, doc::json ->> 'notes' from tickets where json_array_length(coalesce(doc::json -> 'notes', '[]')) > 0;
-- As text: what JSONB would make of the rest of it is not the same text.
update tickets set doc = replace(doc, '"notes":' || (doc::json ->> 'notes'), '"notes":[]') where json_array_length(coalesce(doc::json -> 'notes', '[]')) > 0;
