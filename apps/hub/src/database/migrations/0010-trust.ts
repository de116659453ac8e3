import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Owners, second factors, links for invitations and resets, devices of sessions, and the audit trail. */
export class Trust1700000000010 implements MigrationInterface {
  readonly name = 'Trust1700000000010';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of [...accounts, ...audit]) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table if exists audit_head, audit, user_links');
    await runner.query('drop function if exists refuse_change_of_audit');
    await runner.query('alter table sessions drop column id, drop column address');
    await runner.query(
      `alter table users drop column sealed_totp, drop column totp_on, drop column totp_step, drop column recovery_hashes,
         drop constraint users_role_check`,
    );
    await runner.query(`update users set role = 'operator' where role = 'owner'`);
    await runner.query(
      `alter table users add constraint users_role_check check (role in ('operator', 'support', 'viewer'))`,
    );
  }
}

const accounts = [
  'alter table users drop constraint users_role_check',
  `alter table users add constraint users_role_check check (role in ('owner', 'operator', 'support', 'viewer'))`,
  // Where there are operators already, the first of those with every shop becomes the owner.
  `update users set role = 'owner' where id = (
     select id from users where role = 'operator' and not disabled and shop_ids is null order by created_at, id limit 1)`,
  // `totp_step`: the last step whose code was taken, so that none counts twice (RFC 6238, 5.2).
  `alter table users
     add column sealed_totp bytea,
     add column totp_on boolean not null default false,
     add column totp_step bigint not null default 0,
     add column recovery_hashes bytea[] not null default '{}'`,
  `alter table sessions
     add column id uuid not null default gen_random_uuid() unique,
     add column address text not null default ''`,
  `create table user_links (
    token_hash bytea primary key,
    user_id uuid not null unique references users on delete cascade,
    kind text not null check (kind in ('invitation', 'reset')),
    expires_at timestamptz not null
  )`,
];

const audit = [
  `create table audit (
    sequence bigint primary key,
    at timestamptz not null,
    by_login text not null,
    action text not null,
    object text not null,
    shop_id uuid,
    details json not null,
    previous_hash bytea not null,
    hash bytea not null
  )`,
  `create index audit_by_shop on audit (shop_id, sequence desc)`,
  // One row, locked by whoever writes: the chain has no branches.
  `create table audit_head (
    id int primary key check (id = 1),
    sequence bigint not null,
    hash bytea not null
  )`,
  `insert into audit_head (id, sequence, hash) values (1, 0, '\\x')`,
  `create function refuse_change_of_audit() returns trigger language plpgsql as $$
   begin raise exception 'The audit trail only grows'; end $$`,
  `create trigger audit_only_grows before update or delete or truncate on audit
   for each statement execute function refuse_change_of_audit()`,
];
