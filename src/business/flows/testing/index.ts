export { bookingOfTests, orderActors, orderOfTests, type TestLine } from './order-story.ts';
export { type Actor, createStory, underWay } from './story.ts';
