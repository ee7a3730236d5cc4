import type { ReactNode } from 'react';
import { Dialog } from '../parts/dialog.tsx';
import { zone } from '../words/when.ts';

interface MorePlacesProps {
  readonly isOpen: boolean;
  readonly onClose: () => void;
  /** The links. */
  readonly children: ReactNode;
}

/** The places that have no room at the foot of a phone. */
export function MorePlaces({ isOpen, onClose, children }: MorePlacesProps) {
  return (
    <Dialog title="Places" isOpen={isOpen} onClose={onClose}>
      <ul className="places">{children}</ul>
      <p className="zone">Times are in the zone {zone}.</p>
    </Dialog>
  );
}
