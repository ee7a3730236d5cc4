/** Something in the tree that breaks a rule. */
export interface Finding {
  /** From the project's root. */
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** What is wrong and what to do. */
  readonly message: string;
}

/** A source file of the tree. */
export interface Source {
  /** From the project's root, with `/`. */
  readonly file: string;
  readonly text: string;
}

export const lineAt = (text: string, offset: number): number => text.slice(0, offset).split('\n').length;
