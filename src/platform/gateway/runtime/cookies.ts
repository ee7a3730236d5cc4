import type { SerializeOptions } from '@fastify/cookie';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { PeopleCookie } from '../people-door.ts';

/** The cookies of a request; of a name that stands twice, the first. */
export const cookiesOf = ({ server, headers }: FastifyRequest): Readonly<Record<string, string>> =>
  headers.cookie === undefined ? {} : server.parseCookie(headers.cookie);

const always: SerializeOptions = { httpOnly: true, sameSite: 'lax', path: '/' };

/** `Set-Cookie` of a cookie to be kept. */
export const keepCookie = (
  server: FastifyInstance,
  { name, value, maxAgeSeconds }: PeopleCookie,
  secure: boolean,
): string =>
  server.serializeCookie(name, value, {
    ...always,
    secure,
    ...(maxAgeSeconds === undefined ? {} : { maxAge: maxAgeSeconds }),
  });

/** `Set-Cookie` of one to be forgotten. */
export const forgetCookie = (server: FastifyInstance, name: string, secure: boolean): string =>
  server.serializeCookie(name, '', { ...always, secure, maxAge: 0 });
