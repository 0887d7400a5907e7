-- Days that are over, added up by four, sixteen, sixty-four, and so on, instead of by month: a period begins and ends in the middle of months, and days were most of what was read.
drop table figures_by_month;
drop table figure_months;

-- Made by the program out of the figures of the days, and made again when one of its days changes.
create table figures_by_span (
  guild_id bigint not null,
  days bigint not null,
  first_day bigint not null,
  kind text not null,
  department text not null,
  person_id bigint not null,
  times bigint not null,
  total bigint not null,
  durations text not null,
  primary key (guild_id, days, first_day, kind, department, person_id)
);

-- Which are added up, and which have changed since.
create table figure_spans (
  guild_id bigint not null,
  days bigint not null,
  first_day bigint not null,
  added_up bigint not null,
  primary key (guild_id, days, first_day)
);
