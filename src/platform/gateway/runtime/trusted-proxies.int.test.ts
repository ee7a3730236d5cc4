import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type TestDatabase, testDatabase } from '#platform/storage/testing';
import type { PeopleDoor } from '../people-door.ts';
import { gatewayWith, type TriedGateway } from '../testing/index.ts';

let own: TestDatabase;
let tried: TriedGateway | undefined;
let addresses: string[] = [];
beforeAll(async () => {
  own = await testDatabase();
});
afterEach(async () => {
  await tried?.gateway.close();
  addresses = [];
});
afterAll(() => own.drop());

const people: PeopleDoor = {
  prove: async () => undefined,
  problems: { 'sign-in-refused': { kind: 'unauthenticated', title: 'Name or password is wrong' } },
  routes: [
    {
      ...{ method: 'POST', path: '/session', name: 'sign-in', triesSecret: true },
      handle: async ({ address }) => {
        addresses.push(address);
        return { problem: 'sign-in-refused', detail: 'Name or password is wrong.' };
      },
    },
  ],
};

async function start(trustedProxies?: readonly string[]): Promise<void> {
  const options = trustedProxies === undefined ? {} : { trustedProxies };
  tried = await gatewayWith(
    { database: own.database, needs: {}, people },
    { signInTries: { requests: 2, seconds: 3_600 }, ...options },
  );
}

/** Guesses a password; answers the status. `by`: what the proxy says of where it came from. */
async function guess(by: string): Promise<number> {
  const answer = await fetch(`${tried?.url}/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'sec-fetch-site': 'same-origin', 'x-forwarded-for': by },
    body: '{}',
  });
  return answer.status;
}

describe('behind a proxy that is trusted', () => {
  test('guesses are counted by the address of who guesses, and of nobody else', async () => {
    await start(['127.0.0.0/8', '10.1.0.0/16']);
    expect([await guess('192.0.2.1'), await guess('192.0.2.1'), await guess('192.0.2.1')]).toEqual([401, 401, 429]);
    // By two proxies of ours.
    expect(await guess('192.0.2.2, 10.1.0.9')).toBe(401);
    expect(addresses).toEqual(['192.0.2.1', '192.0.2.1', '192.0.2.2']);
  });

  test('nobody gets another address by writing one', async () => {
    await start(['127.0.0.0/8']);
    const statuses = [];
    for (const forged of ['198.51.100.1', '198.51.100.2', '127.0.0.1', 'x']) {
      statuses.push(await guess(`${forged}, 192.0.2.1`));
    }
    expect(statuses).toEqual([401, 401, 429, 429]);
  });
});

test('without one, whoever says that they come from elsewhere is not believed', async () => {
  await start();
  expect([await guess('192.0.2.1'), await guess('192.0.2.2'), await guess('192.0.2.3')]).toEqual([401, 401, 429]);
  expect(addresses).toEqual(['127.0.0.1', '127.0.0.1']);
});
