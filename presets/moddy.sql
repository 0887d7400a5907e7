-- What stands in the second database of the desk «moddy», with rows to try it. The demo and the tests make it in a PostgreSQL of their own; Usher itself only ever reads such tables.

create table errors (
    error_code varchar(8) primary key,
    command text,
    user_id bigint,
    guild_id bigint,
    file_source text,
    error_type text,
    traceback text,
    "timestamp" timestamptz not null default now()
);

create table moderation_cases (
    case_id varchar(8) primary key,
    case_type text not null,
    sanction_type text not null,
    entity_type text not null,
    entity_id bigint not null,
    status text not null default 'open',
    reason text,
    created_by bigint not null,
    created_at timestamptz not null default now()
);

create table staff_permissions (
    user_id bigint primary key,
    roles jsonb not null default '[]'
);

insert into errors (error_code, command, user_id, guild_id, file_source, error_type, traceback, "timestamp") values
    ('BB1FE07D', '/warn', {ALICE}, {GUILD}, 'cogs/moderation_tools.py:212', 'TimeoutError', 'Traceback (most recent call last): secret-of-the-traceback', now() - interval '20 minutes'),
    ('0A4C99E1', '/backup create', {ALICE}, {GUILD}, 'cogs/backup.py:88', 'Forbidden', 'Traceback (most recent call last): secret-of-the-traceback', now() - interval '3 days');

insert into moderation_cases (case_id, case_type, sanction_type, entity_type, entity_id, status, reason, created_by, created_at) values
    ('A1B2C3D4', 'global', 'mute', 'user', {ALICE}, 'open', 'Spam dans plusieurs salons', {CAROL}, now() - interval '2 days'),
    ('E5F60718', 'global', 'blacklist', 'user', {ALICE}, 'open', 'Contournement d''une sanction', {DANA}, now() - interval '12 hours'),
    ('99AA88BB', 'global', 'warn', 'user', {ALICE}, 'closed', 'Une affaire classée', {CAROL}, now() - interval '90 days'),
    ('0C0FFEE0', 'interserver', 'ban', 'guild', {GUILD}, 'open', 'Publicité dans l''inter-serveur', {CAROL}, now() - interval '5 days');

-- The roles stand there both as a list and as a text that holds one.
insert into staff_permissions (user_id, roles) values
    ({BOB}, '"[\"Support\", \"Dev\"]"'),
    ({CAROL}, '["Moderator", "Support"]'),
    ({DANA}, '["Manager"]'),
    ({ERIN}, '"[\"Supervisor_Mod\"]"');
