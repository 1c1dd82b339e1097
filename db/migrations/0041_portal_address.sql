-- The customer portal of an account: its addresses, its look, and sessions that are good at one address alone.

create table portal.portals (
  account_id uuid primary key references access.accounts,
  -- Its name in the default address, /p/<slug>/; taken from the account's, and unique here.
  slug text collate "C" not null unique check (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$' and length(slug) between 2 and 40),
  -- A host name of the account's own, as DNS knows it.
  domain text collate "C" check (domain = lower(domain) and length(domain) between 4 and 253),
  -- What a TXT record must say, drawn anew for every domain.
  token text,
  checked_at timestamptz,
  -- What the last look at DNS missed: nothing, or one of these.
  missed text collate "C" check (missed in ('address', 'proof', 'no_answer')),
  verified_at timestamptz,
  failing_since timestamptz,
  version integer not null default 1,
  constraint domain_has_token check ((domain is null) = (token is null)),
  constraint domain_of_marks check (domain is not null or (checked_at is null and missed is null and verified_at is null and failing_since is null)),
  constraint failing_was_verified check (failing_since is null or verified_at is not null)
);
-- To ask for a domain is nobody's; to have shown that it is one's own is one account's.
create unique index portals_by_domain on portal.portals (domain) where verified_at is not null;

create table portal.brands (
  account_id uuid primary key references access.accounts,
  -- Empty: the account's name.
  name text not null default '' check (length(name) <= 80),
  color text collate "C" not null default '' check (color ~ '^(#[0-9a-f]{6})?$'),
  -- Who mails to clients say they are from; empty: the portal's name.
  sender text not null default '' check (length(sender) <= 80),
  -- What a visitor reads who has chosen no language.
  locale text collate "C" not null default 'en' check (locale in ('en', 'fr')),
  welcome text not null default '' check (length(welcome) <= 300),
  support text not null default '' check (length(support) <= 300),
  footer text not null default '' check (length(footer) <= 300),
  version integer not null default 1
);

create table portal.images (
  account_id uuid not null references access.accounts,
  kind text collate "C" not null check (kind in ('logo-light', 'logo-dark', 'favicon')),
  -- SHA-256 of the bytes, in hex: its address, under which it never changes.
  hash text collate "C" not null check (hash ~ '^[0-9a-f]{64}$'),
  media_type text collate "C" not null check (media_type in ('image/png', 'image/jpeg', 'image/webp')),
  width integer not null check (width > 0),
  height integer not null check (height > 0),
  bytes bytea not null check (length(bytes) <= 262144),
  primary key (account_id, kind)
);
create index images_by_hash on portal.images (account_id, hash);

-- The address where a session was begun, and where alone it is good: '' at the desk, else account and address of a portal.
alter table identity.sessions add column door text collate "C" not null default '';
-- Clients sign in anew, at their portal.
delete from identity.sessions s using access.members m
 where m.account_id = s.account_id and m.id = s.member_id and m.audience = 'client' and s.purpose in ('web', 'pending');
