import { Dialog } from '../../parts/dialog.tsx';
import { Json } from '../../parts/json.tsx';
import { Facts } from '../../parts/page.tsx';
import { When } from '../../parts/when.tsx';
import { count } from '../../words/count.ts';
import { sentenceCase } from '../../words/names.ts';
import type { AuditEntry } from './audit-columns.tsx';

interface EntryDrawerProps {
  readonly entry: AuditEntry | undefined;
  readonly onClose: () => void;
}

/** An entry of the audit, whole. */
export function EntryDrawer({ entry, onClose }: EntryDrawerProps) {
  return (
    <Dialog
      kind="drawer"
      title={entry === undefined ? '' : sentenceCase(entry.action)}
      isOpen={entry !== undefined}
      onClose={onClose}
    >
      {entry === undefined ? null : (
        <>
          <Facts
            facts={[
              ['When', <When key="at" at={entry.at} shows="both" />],
              ['Who', entry.by],
              ['Done to', entry.target],
              ['Entry', `${count(entry.seq)} of this target`],
              ['Hash', <code key="hash">{entry.hash}</code>],
            ]}
          />
          <Json label="Details" value={entry.details} openLevels={4} />
        </>
      )}
    </Dialog>
  );
}
