import { describeConformance } from '../describe-conformance.ts';
import { defects } from './paper-connector.ts';
import { paperSubject } from './paper-subject.ts';

// Run by conformance.int.test.ts in a process of its own: every one of these must fail.
for (const defect of defects) describeConformance(paperSubject(defect));
