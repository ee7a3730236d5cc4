export { type Action, type Control, type ControlNeeds, startControl } from './control.ts';
export { type ControlClient, controlClient } from './control-client.ts';
export { type CommonDials, createDials, type DialOptions, type Dials, type Weather } from './dials.ts';
export { type Ledger, type LedgerEntry, type LedgerNote, openLedger, readLedger } from './ledger.ts';
export {
  runSimulator,
  type Simulator,
  type SimulatorArguments,
  type SimulatorKind,
  type SimulatorNeeds,
  simulatorArguments,
} from './process.ts';
export { createRandom } from './random.ts';
export { CallScript, createScripts, meansCall, type Scripted, type Scripts } from './scripts.ts';
export { smallWorld } from './small-world.ts';
export { type SimulatorStart, type StartedSimulator, startSimulator } from './spawn.ts';
export { type Complaint, createCheck } from './validate.ts';
export { checkedWorld, readWorld, World } from './world.ts';
