-- What facts mean to statistics, each on its own: whose answer took how long, who took what on.
create table measures (
  guild_id bigint not null,
  ticket bigint not null,
  fact_id bigint not null,
  kind text not null,
  department text not null,
  person_id bigint not null,
  at bigint not null,
  took bigint,
  primary key (guild_id, ticket, fact_id, kind),
  foreign key (guild_id, ticket) references tickets (guild_id, number) on delete cascade
) without rowid;
create index measures_at on measures (guild_id, at, kind, department, person_id, took);

-- The same by day, so that a year is some thousand rows. Durations are two characters each (Usher.Desk.Figures.Durations); what is counted here stays when a ticket goes.
create table figures (
  guild_id bigint not null,
  day bigint not null,
  kind text not null,
  department text not null,
  person_id bigint not null,
  times bigint not null,
  total bigint not null,
  durations text not null,
  primary key (guild_id, day, kind, department, person_id)
) without rowid;

-- How many tickets a department ever had, with those that came to it and without those that left it.
create table ticket_totals (
  guild_id bigint not null,
  department text not null,
  tickets bigint not null,
  primary key (guild_id, department)
);
