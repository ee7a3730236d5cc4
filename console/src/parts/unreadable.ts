import { pointerPart } from './json-schema.ts';

/** Stands in a form's value in the place of what cannot be read as it is written, so that nobody sends what stood there before. */
export class Unreadable {
  readonly text: string;
  readonly because: string;

  constructor(text: string, because: string) {
    this.text = text;
    this.because = because;
  }

  /** As it is written, where it is shown. */
  toJSON(): string {
    return this.text;
  }
}

/** Where in a value something stands that cannot be read, as JSON Pointers. */
export function unreadableIn(value: unknown, path = ''): readonly string[] {
  if (value instanceof Unreadable) return [path];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, part]) => unreadableIn(part, `${path}/${pointerPart(name)}`));
}
