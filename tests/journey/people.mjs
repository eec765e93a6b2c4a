// Who takes part.
export const REFERRER = { firstName: "Maya", lastName: "Hart", name: "Maya Hart", email: "maya.hart@example.com" };
export const FRIEND = { firstName: "Sam", lastName: "Reed", email: "sam.reed@example.org", quantity: "2", tea: "Green Tide", total: "29.00" };
