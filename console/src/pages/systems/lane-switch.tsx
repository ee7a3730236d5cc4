import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { answered } from '../../client/answered.ts';
import { useMay } from '../../client/me.ts';
import type { Writes } from '../../client/one-intent.ts';
import { Button } from '../../parts/button.tsx';
import { Confirm } from '../../parts/confirm.tsx';
import { laneBacklog } from '../../parts/lane-words.ts';
import { toast } from '../../parts/toast.tsx';
import type { LaneDetail } from './lane-query.ts';

/** Pauses or resumes a lane. Who may not is told so. */
export function LaneSwitch({ lane }: { readonly lane: LaneDetail }) {
  const may = useMay('lanes:operate');
  const queries = useQueryClient();
  const [isOpen, setOpen] = useState(false);
  const [wasPaused, setWasPaused] = useState(false);
  const name = lane.lane;
  // What one has opened stays what it is: when the lane changes meanwhile, a second click must not do the opposite.
  const isPaused = isOpen ? wasPaused : lane.paused !== undefined;

  async function operate(reason: string, client: Writes): Promise<void> {
    const asked = { params: { path: { lane: name } }, body: { reason } };
    const after = await answered(
      isPaused
        ? client.POST('/api/lanes/v1/lanes/{lane}/resume', asked)
        : client.POST('/api/lanes/v1/lanes/{lane}/pause', asked),
    );
    queries.setQueryData(['lanes', 'one', name], after);
    void queries.invalidateQueries({ queryKey: ['lanes'] });
    toast(isPaused ? `${name} is in use again` : `${name} is paused`);
  }

  const does = isPaused ? 'Resume' : 'Pause';
  return (
    <>
      <Button
        look={isPaused ? 'primary' : 'danger'}
        disabled={!may}
        title={may ? undefined : 'Supervisors pause and resume systems: it wants the scope lanes:operate.'}
        onClick={() => {
          setWasPaused(isPaused);
          setOpen(true);
        }}
      >
        {does}
      </Button>
      <Confirm
        title={`${does} ${name}`}
        isOpen={isOpen}
        onClose={() => setOpen(false)}
        does={does}
        isDanger={!isPaused}
        consequence={
          isPaused
            ? `What waits is sent, the most urgent first, within its budget: ${laneBacklog(lane)} now. A breaker that is open stays open.`
            : 'No node sends anything more to this system until somebody resumes it. Calls under way end by themselves; what comes meanwhile waits and nothing is lost.'
        }
        onConfirm={operate}
      />
    </>
  );
}
