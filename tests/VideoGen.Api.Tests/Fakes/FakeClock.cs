using Microsoft.Extensions.Time.Testing;

namespace VideoGen.Api.Tests.Fakes;

/// <summary>A clock that can be put back, while time goes on.</summary>
internal sealed class FakeClock : FakeTimeProvider
{
    private TimeSpan _back;

    public void PutBack(TimeSpan by) => _back += by;

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() - _back;

    public override long GetTimestamp() => base.GetUtcNow().Ticks;
}
