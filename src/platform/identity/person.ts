/** Who may sign in. */
export interface Person {
  readonly userName: string;
  readonly name: string;
  readonly role: string;
  /** The only warehouses that they may see anything of; absent: all. */
  readonly sites?: readonly string[];
  /** `local`: by a password kept here. `oidc`: proven by the identity provider, which also says their role. */
  readonly provider: 'local' | 'oidc';
  readonly disabled: boolean;
  readonly createdAt: string;
  readonly lastSignInAt?: string;
}

/** What the installation means by its roles. */
export interface Roles {
  readonly names: readonly string[];
  /** Whoever has it may make others: there is always one left who has it. */
  readonly keeper: string;
  /** What a role may do; less where somebody sees some warehouses only. */
  readonly scopes: (role: string, isRestricted: boolean) => ReadonlySet<string>;
}

export interface PersonRow {
  readonly user_name: string;
  readonly name: string;
  readonly role: string;
  readonly sites: string[] | null;
  readonly provider: 'local' | 'oidc';
  readonly disabled_at: string | null;
  readonly created_at: string;
  readonly last_sign_in_at: string | null;
}

export const personOf = (row: PersonRow): Person => ({
  userName: row.user_name,
  name: row.name,
  role: row.role,
  ...(row.sites === null ? {} : { sites: row.sites }),
  provider: row.provider,
  disabled: row.disabled_at !== null,
  createdAt: row.created_at,
  ...(row.last_sign_in_at === null ? {} : { lastSignInAt: row.last_sign_in_at }),
});

const form = /^[a-z][a-z0-9._-]{0,39}$/;

/** Whether a text can be somebody's user name at all. */
export const isUserName = (text: string): boolean => form.test(text);

/** What the audit calls a person. */
export const personTarget = (userName: string): string => `person:${userName}`;
