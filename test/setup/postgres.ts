import { startTestServer, type TestServer } from '#platform/storage/testing';

let server: TestServer | undefined;

export async function setup(): Promise<void> {
  server = await startTestServer();
}

export async function teardown(): Promise<void> {
  await server?.stop();
}
