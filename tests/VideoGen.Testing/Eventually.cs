using System.Diagnostics;

namespace VideoGen.Testing;

/// <summary>Polling with a deadline: what is under test are other processes.</summary>
public static class Eventually
{
    /// <summary>Long enough for a machine that is busy with something else; only a failure waits so long.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    public static async Task<T> GetAsync<T>(Func<Task<T>> get, Func<T, bool> isRight, Func<T, string> complaint)
    {
        for (var waiting = Stopwatch.StartNew(); ;)
        {
            var value = await get();
            if (isRight(value))
            {
                return value;
            }

            if (waiting.Elapsed > Patience)
            {
                throw new TimeoutException(complaint(value));
            }

            await Task.Delay(Pause);
        }
    }

    public static Task TrueAsync(Func<Task<bool>> isRight, string complaint) => GetAsync(isRight, right => right, _ => complaint);

    public static Task TrueAsync(Func<bool> isRight, string complaint) =>
        GetAsync(() => Task.FromResult(isRight()), right => right, _ => complaint);
}
