/** A text of the APIs' documentation: what stands between backticks is code. */
export function Prose({ text }: { readonly text: string }) {
  return text.split('`').map((part, at) => {
    if (at % 2 === 0) return part;
    // biome-ignore lint/suspicious/noArrayIndexKey: a part of a sentence is named by its place.
    return <code key={at}>{part}</code>;
  });
}
