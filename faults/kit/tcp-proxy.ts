import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';

/** What becomes of an answer on its way back. */
export type Spoiling =
  /** It is thrown away, and both ends see a reset. */
  | { readonly how: 'lose' }
  /** Its first half comes, then a reset. */
  | { readonly how: 'truncate' }
  /** Something else comes instead, then the end of the connection. */
  | { readonly how: 'replace'; readonly by: string }
  /** The request is not passed on at all; this comes instead. */
  | { readonly how: 'refuse'; readonly by: string };

/** An answer to be spoilt: the next one, or the next to a request in which the text stands. */
export type SpoilRule = Spoiling & {
  readonly to?: string;
  /** Default 1. */
  readonly times?: number;
};

/** One direction of the wire: `to` is towards the target. */
export type Direction = 'to' | 'from';

/** Stands between us and an outside system (or PostgreSQL), and breaks the connection between them on demand. */
export interface TcpProxy {
  readonly port: number;
  /** Resets every connection and refuses new ones, until `heal`. */
  cut(): void;
  /** Resets every connection; new ones are let through. */
  reset(): void;
  /** Swallows what goes in this direction; the connections stay. Until `heal`, which resets them: bytes are missing. */
  swallow(direction: Direction): void;
  /** Every piece of data takes so much longer, each way. */
  delay(milliseconds: number): void;
  /** Ends the answering half of every connection; the asking half stays. */
  halfClose(): void;
  spoil(rule: SpoilRule): void;
  /** How many connections are open. */
  open(): number;
  /** How many answers have been spoilt. */
  spoilt(): number;
  /** How many pieces of data towards the target held this text, since the start. */
  requests(text: string): number;
  /** Takes every fault away; spoiling rules that have not been used are forgotten. */
  heal(): void;
  close(): Promise<void>;
}

interface Armed {
  readonly rule: SpoilRule;
  left: number;
}

/** A request may come in several pieces: so much of it is looked at. */
const rememberedBytes = 65_536;

/** Opens a proxy in front of `target` on a free port of 127.0.0.1. */
export async function openTcpProxy(target: { readonly host: string; readonly port: number }): Promise<TcpProxy> {
  const pairs = new Set<{ readonly near: Socket; readonly far: Socket }>();
  const texts = new Map<string, number>();
  let rules: Armed[] = [];
  let isCut = false;
  let swallowed: Direction | undefined;
  let delayMs = 0;
  let spoiltAnswers = 0;

  function count(data: Buffer): void {
    for (const [text, seen] of texts) if (data.includes(text)) texts.set(text, seen + 1);
  }

  function ruleFor(asked: string, isRefusal: boolean): Armed | undefined {
    return rules.find(
      ({ rule, left }) =>
        left > 0 && (rule.how === 'refuse') === isRefusal && (rule.to === undefined || asked.includes(rule.to)),
    );
  }

  function spend(armed: Armed): void {
    armed.left -= 1;
    spoiltAnswers += 1;
  }

  function carry(from: Socket, into: Socket, direction: Direction, see: (data: Buffer) => Buffer | undefined): void {
    let last: Promise<void> = Promise.resolve();
    const write = (data: Buffer): void => {
      if (into.destroyed || swallowed === direction) return;
      if (!into.write(data)) {
        from.pause();
        into.once('drain', () => from.resume());
      }
    };
    from.on('data', (data: Buffer) => {
      if (swallowed === direction) return;
      const seen = see(data);
      if (seen === undefined) return;
      if (delayMs === 0) return void last.then(() => write(seen));
      const due = performance.now() + delayMs;
      last = last
        .then(() => new Promise<void>((resolve) => setTimeout(resolve, Math.max(0, due - performance.now()))))
        .then(() => write(seen));
    });
    from.on('end', () => void last.then(() => into.end()));
  }

  function join(near: Socket): void {
    if (isCut) {
      near.resetAndDestroy();
      return;
    }
    const far = connect({ ...target, allowHalfOpen: true, noDelay: true });
    const pair = { near, far };
    pairs.add(pair);
    const end = (how: 'reset' | 'close' = 'close'): void => {
      pairs.delete(pair);
      for (const each of [near, far]) {
        if (how === 'reset') each.resetAndDestroy();
        else each.destroy();
      }
    };
    for (const each of [near, far]) {
      each.on('error', () => end());
      each.on('close', () => end());
    }
    let asked = '';
    carry(near, far, 'to', (data) => {
      count(data);
      if (rules.length === 0) return data;
      asked = (asked + data.toString('latin1')).slice(-rememberedBytes);
      const armed = ruleFor(asked, true);
      if (armed === undefined || armed.rule.how !== 'refuse') return data;
      spend(armed);
      near.end(armed.rule.by, () => end());
      return undefined;
    });
    carry(far, near, 'from', (data) => {
      const armed = rules.length === 0 ? undefined : ruleFor(asked, false);
      asked = '';
      if (armed === undefined) return data;
      spend(armed);
      const { rule } = armed;
      if (rule.how === 'lose') end('reset');
      else near.end(rule.how === 'replace' ? rule.by : data.subarray(0, Math.floor(data.length / 2)), () => end());
      return undefined;
    });
  }

  const server: Server = createServer({ allowHalfOpen: true, noDelay: true }, join);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const reset = (): void => {
    for (const { near, far } of [...pairs]) {
      near.resetAndDestroy();
      far.resetAndDestroy();
    }
  };

  return {
    port: (server.address() as AddressInfo).port,
    cut: () => {
      isCut = true;
      reset();
    },
    reset,
    swallow: (direction) => {
      swallowed = direction;
    },
    delay: (milliseconds) => {
      delayMs = milliseconds;
    },
    halfClose: () => {
      for (const { near } of pairs) near.end();
    },
    spoil: (rule) => {
      rules.push({ rule, left: rule.times ?? 1 });
    },
    open: () => pairs.size,
    spoilt: () => spoiltAnswers,
    requests: (text) => {
      const seen = texts.get(text);
      if (seen === undefined) texts.set(text, 0);
      return seen ?? 0;
    },
    heal: () => {
      isCut = false;
      delayMs = 0;
      rules = [];
      if (swallowed !== undefined) reset();
      swallowed = undefined;
    },
    close: async () => {
      reset();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
