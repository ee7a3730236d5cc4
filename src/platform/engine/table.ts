import type { CaseOpening, CaseSubject, ChildStart, Ending, Fact, Outgoing } from './consequence.ts';
import type { DurationOf } from './duration.ts';
import type { AnyEffect } from './effect.ts';
import type { EventType, Moment } from './event.ts';
import type { Listing } from './listing.ts';
import type { TableMigration } from './migration.ts';

/** One line of a table with its types erased; `defineFlow` has checked them. */
export interface Line {
  readonly event: EventType<unknown>;
  readonly if?: (doc: unknown, data: unknown, at: Moment) => boolean;
  readonly ifSettled?: true;
  readonly to?: string;
  readonly unwindTo?: string;
  readonly apply?: (doc: unknown, data: unknown, at: Moment) => unknown;
  readonly tell?: (doc: unknown, data: unknown, at: Moment) => readonly Fact[];
  readonly send?: (doc: unknown, data: unknown, at: Moment) => readonly Outgoing[];
  readonly open?: (doc: unknown, data: unknown, at: Moment) => CaseOpening;
  readonly close?: readonly string[];
  readonly final?: readonly { readonly name: string }[];
  readonly park?: true;
}

export interface Ignored {
  readonly event: EventType<unknown>;
  readonly because: string;
}

/** An effect as the table runs it: asked with whatever document the run has. */
export type TableEffect = AnyEffect<unknown>;

export interface TableState {
  readonly means: string;
  readonly run?: readonly TableEffect[];
  readonly start?: (doc: unknown, at: Moment) => readonly ChildStart[];
  readonly tell?: (doc: unknown, at: Moment) => readonly Fact[];
  readonly send?: (doc: unknown, at: Moment) => readonly Outgoing[];
  readonly open?: (doc: unknown, at: Moment) => readonly CaseOpening[];
  readonly close?: readonly string[];
  readonly within?: DurationOf<unknown>;
  readonly warnAt?: number;
  readonly on?: readonly Line[];
  readonly defer?: readonly EventType<unknown>[];
  readonly ignore?: readonly Ignored[];
  readonly choose?: readonly { readonly if?: (doc: unknown) => boolean; readonly to: string }[];
  readonly ends?: Ending;
}

/** A flow as the engine works with it. */
export interface Table {
  readonly name: string;
  readonly version: number;
  readonly start: string;
  readonly begin: (input: unknown, at: Moment) => unknown;
  readonly states: Readonly<Record<string, TableState>>;
  readonly everywhere: readonly Line[];
  readonly ignore: readonly Ignored[];
  readonly breaches?: (doc: unknown) => readonly string[];
  readonly result: (doc: unknown) => unknown;
  readonly about?: (doc: unknown) => CaseSubject;
  readonly lists?: (doc: unknown) => Listing;
  readonly abandonTo?: string;
  readonly migrates?: readonly TableMigration[];
  /** Every effect by name. */
  readonly effects: ReadonlyMap<string, TableEffect>;
}
