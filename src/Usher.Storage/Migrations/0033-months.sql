-- The figures of months that are over, added up; made by the program out of those of the days, and made again when a day of such a month changes.
create table figures_by_month (
  guild_id bigint not null,
  month bigint not null,
  kind text not null,
  department text not null,
  person_id bigint not null,
  times bigint not null,
  total bigint not null,
  durations text not null,
  primary key (guild_id, month, kind, department, person_id)
);

-- Which months are added up, and which have changed since.
create table figure_months (
  guild_id bigint not null,
  month bigint not null,
  added_up bigint not null,
  primary key (guild_id, month)
);
