-- The forms that people are filling in before their tickets open.
create table forms (
  guild_id bigint not null,
  user_id bigint not null,
  department text not null,
  expires_at bigint not null,
  doc text not null,
  primary key (guild_id, user_id, department)
);
create index forms_expiring on forms (expires_at);
