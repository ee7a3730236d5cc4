import { When } from '../parts/when.tsx';
import { useLive } from './live.ts';

const words = {
  connecting: 'Connecting',
  connected: 'Live',
  reconnecting: 'Reconnecting',
  offline: 'Offline',
} as const;
const means = {
  connecting: 'Opening the connection that tells of changes.',
  connected: 'What you see changes by itself.',
  reconnecting: 'The connection broke and is being opened again. Meanwhile everything is asked for every half minute.',
  offline: 'Your machine is not on the network: what you see stands still.',
} as const;

/** Whether what one sees is told of changes as they happen. */
export function LiveIndicator() {
  const { state, since } = useLive();
  const isBroken = state === 'reconnecting' || state === 'offline';
  return (
    <span className={`live ${state}`} role="status" title={means[state]}>
      {words[state]}
      {isBroken ? (
        <span className="live-since">
          {' '}
          since <When at={since} shows="absolute" />
        </span>
      ) : null}
    </span>
  );
}
