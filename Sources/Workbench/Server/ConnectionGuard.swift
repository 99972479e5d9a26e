internal import HTTPTypes
internal import NIOCore
internal import NIOHTTPTypes

/// Closes connections that keep the server waiting, and writes into each request whose it is.
///
/// Hummingbird closes those on which nothing comes. A body that comes a byte at a time, and a reader that never reads,
/// are left: a request has to be there after a while, and of what is written some must have gone each time that one looks.
final class ConnectionGuard: ChannelDuplexHandler, RemovableChannelHandler {
  typealias InboundIn = HTTPRequestPart
  typealias InboundOut = HTTPRequestPart
  typealias OutboundIn = HTTPResponsePart
  typealias OutboundOut = HTTPResponsePart

  private let limits: Limits
  private var isBeingRead = false
  private var reading: Scheduled<Void>?
  private var writing: Scheduled<Void>?

  init(_ limits: Limits) { self.limits = limits }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    switch unwrapInboundIn(data) {
    case .head(var head):
      head.headerFields[.peer] = context.remoteAddress?.ipAddress ?? ""
      isBeingRead = true
      close(context, in: limits.upload, &reading)
      context.fireChannelRead(wrapInboundOut(.head(head)))
    case .end:
      isBeingRead = false
      reading?.cancel()
      context.fireChannelRead(data)
    case .body: context.fireChannelRead(data)
    }
  }

  func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
    // Who is answered before the request is read has no more to say.
    if case .end = unwrapOutboundIn(data), isBeingRead { close(context, in: 2, &reading) }
    context.write(data, promise: promise)
  }

  func channelWritabilityChanged(context: ChannelHandlerContext) {
    writing?.cancel()
    if !context.channel.isWritable { watchWriting(context, left: .max) }
    context.fireChannelWritabilityChanged()
  }

  func channelInactive(context: ChannelHandlerContext) {
    reading?.cancel()
    writing?.cancel()
    context.fireChannelInactive()
  }

  func handlerRemoved(context: ChannelHandlerContext) {
    reading?.cancel()
    writing?.cancel()
  }

  private func close(
    _ context: ChannelHandlerContext, in seconds: Double, _ task: inout Scheduled<Void>?
  ) {
    task?.cancel()
    task = context.eventLoop.assumeIsolated().scheduleTask(in: .of(seconds)) {
      context.close(promise: nil)
    }
  }

  /// Closes the connection where no byte has gone since the last look.
  private func watchWriting(_ context: ChannelHandlerContext, left: Int) {
    writing = context.eventLoop.assumeIsolated().scheduleTask(in: .of(limits.idle)) {
      let now = (try? context.channel.syncOptions?.getOption(.bufferedWritableBytes)) ?? 0
      if now < left { self.watchWriting(context, left: now) } else { context.close(promise: nil) }
    }
  }
}

extension TimeAmount {
  static func of(_ seconds: Double) -> TimeAmount { .milliseconds(Int64(seconds * 1_000)) }
}
