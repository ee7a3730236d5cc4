import { Type } from 'typebox';
import { closed, Identifier } from '#model/canonical';

export const orderNumber = Identifier('The order, by our number.', 30);

export const OrderPath = Type.Object({ orderNumber }, closed);
