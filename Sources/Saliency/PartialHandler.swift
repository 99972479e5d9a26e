/// Is offered, after each step of a method that samples, what the method has found so far.
///
/// To make that costs time, so a method makes it only where whoever listens calls what is offered; whether it is
/// called or not changes nothing of what the method finds in the end. What is found so far by n samples is what
/// n samples would find; places that no sample has reached yet have the value 0.
public typealias PartialHandler = (_ soFar: () throws -> Explanation) throws -> Void
