export { startMailServer, type TakenMail, type Weather } from './mail-server.ts';
