const word = /[\p{ID_Continue}$]/u;
/** After these a slash begins a regular expression, and not a division. */
const beforeRegex =
  /(^|[=(,[!&|?:{};+\-*%<>~^]|=>|\b(return|typeof|case|in|of|do|else|void|delete|instanceof|new|throw|await|yield))$/;

/** Where the quoted text that begins at `from` ends. What a template computes inside is taken as it stands. */
function endOfQuoted(source: string, from: number): number {
  const quote = source[from];
  let at = from + 1;
  while (at < source.length && source[at] !== quote) at += source[at] === '\\' ? 2 : 1;
  return at + 1;
}

function endOfRegex(source: string, from: number): number {
  let inClass = false;
  let at = from + 1;
  for (; at < source.length && (inClass || source[at] !== '/') && source[at] !== '\n'; at += 1) {
    if (source[at] === '\\') at += 1;
    else if (source[at] === '[') inClass = true;
    else if (source[at] === ']') inClass = false;
  }
  return at + 1;
}

function endOfComment(source: string, from: number): number {
  const end = source[from + 1] === '/' ? source.indexOf('\n', from) : source.indexOf('*/', from + 2) + 2;
  return end < from + 2 ? source.length : end;
}

/**
 * A function's source without what does not change its meaning: comments, space, line ends, the comma before a closing bracket. Types
 * are space already when Node has taken them off. Not a parser: what it mistakes makes two texts differ that mean the same, and then
 * somebody is asked.
 */
export function ruleSource(source: string): string {
  let text = '';
  let isApart = false;
  const put = (piece: string): void => {
    if (isApart && word.test(text.at(-1) ?? '') && word.test(piece[0] ?? '')) text += ' ';
    if (/[)\]}]/.test(piece[0] ?? '') && text.endsWith(',') && !/[,[]$/.test(text.slice(0, -1)))
      text = text.slice(0, -1);
    text += piece;
    isApart = false;
  };
  for (let at = 0; at < source.length; ) {
    const character = source[at] ?? '';
    const isComment = character === '/' && (source[at + 1] === '/' || source[at + 1] === '*');
    if (/\s/.test(character) || isComment) {
      isApart = true;
      at = isComment ? endOfComment(source, at) : at + 1;
      continue;
    }
    let end = at + 1;
    if (character === "'" || character === '"' || character === '`') end = endOfQuoted(source, at);
    else if (character === '/' && beforeRegex.test(text)) end = endOfRegex(source, at);
    put(source.slice(at, end));
    at = end;
  }
  return text;
}
