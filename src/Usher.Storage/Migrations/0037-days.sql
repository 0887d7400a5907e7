-- The figures of the days of months that are over, of all people together: what parts of a period are told from. Made with those of the months.
create table figures_by_day (
  guild_id bigint not null,
  day bigint not null,
  kind text not null,
  department text not null,
  times bigint not null,
  total bigint not null,
  durations text not null,
  primary key (guild_id, day, kind, department)
);

-- The months that were added up before there was this table are added up again.
update figure_months set added_up = 0;
