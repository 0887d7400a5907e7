-- What people changed in Discord, whole at each version; the highest one lies over the file.
create table settings_versions (
  guild_id bigint not null,
  version bigint not null,
  overrides text not null,
  change text not null,
  by_id bigint not null,
  at bigint not null,
  primary key (guild_id, version)
);
