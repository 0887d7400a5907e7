-- A message whose words were taken away says so, by whom and when; what it said is nowhere in the database.
alter table messages add column redacted_at bigint;
alter table messages add column redacted_by text;

-- Bytes that may be nobody's any more. They are deleted once no attachment refers to them, also after a crash in between.
create table discarded_files (
  hash text not null primary key,
  at bigint not null
);
create index attachments_hash on attachments (hash) where hash is not null;
