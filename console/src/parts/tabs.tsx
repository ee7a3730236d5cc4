import './tabs.css';
import { Link } from '@swan-io/chicane';
import type { ReactNode } from 'react';
import { addressWith, useAddress } from './address.ts';

export interface Tab {
  readonly value: string;
  readonly title: string;
  /** How many stand behind it. */
  readonly count?: ReactNode;
}

interface TabsProps {
  /** What they choose between, for who does not see. */
  readonly label: string;
  /** The parameter of the address. */
  readonly name: string;
  /** The first is the one without a parameter. */
  readonly tabs: readonly Tab[];
}

/** The tab that the address says; the first when it says none or one that there is not. */
export function useTab(name: string, tabs: readonly Tab[]): string {
  const value = useAddress()[name];
  return tabs.find((tab) => tab.value === value)?.value ?? tabs[0]?.value ?? '';
}

/** Views of one thing. Each is a link, so it can be sent to somebody and opened beside. */
export function Tabs({ label, name, tabs }: TabsProps) {
  const current = useTab(name, tabs);
  return (
    <nav className="tabs" aria-label={label}>
      {tabs.map(({ value, title, count }, at) => (
        <Link
          key={value}
          to={addressWith({ [name]: at === 0 ? undefined : value })}
          aria-current={value === current ? 'page' : undefined}
        >
          {title}
          {count === undefined ? null : <span className="tab-count">{count}</span>}
        </Link>
      ))}
    </nav>
  );
}
