export { describeConformance } from './describe-conformance.ts';
export {
  doesNotApply,
  type FeedProbe,
  type NotApplicable,
  type Provocations,
  type ReadProbe,
  type Stage,
  type Subject,
  type WriteProbe,
} from './subject.ts';
