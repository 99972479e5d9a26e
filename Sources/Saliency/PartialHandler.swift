/// Is offered, after each step of a method that samples, what the method has found so far.
///
/// Making that takes time, so it is made only when the handler calls `soFar`; whether it does changes nothing of what
/// the method finds in the end. What `soFar` gives after n samples is what n samples show; places that no sample has
/// reached yet have the value 0.
public typealias PartialHandler = (_ soFar: () throws -> Explanation) throws -> Void
