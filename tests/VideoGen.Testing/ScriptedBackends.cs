using VideoGen.Grains.Backends;
using VideoGen.Grains.Generations.Contract;
using VideoGen.Grains.Media;

namespace VideoGen.Testing;

/// <summary>
/// One backend for each script text, so that the tests of an assembly share a cluster and none meets another's. What is fetched
/// is really put into the media store.
/// </summary>
public sealed class ScriptedBackends : IVideoBackends
{
    private readonly ScriptedBackend _switch;
    private readonly Dictionary<string, ScriptedBackend> _byScript = [];

    public ScriptedBackends(IMediaStore media)
    {
        var plain = new ScriptedBackend();
        _switch = new ScriptedBackend
        {
            Traits = new(IsPreview: false, RepeatCostsMoney: true),
            Plan = order => Of(order).PlanAsync(order, CancellationToken.None),
            Find = (order, lead) => Of(order).Find(order, lead),
            Poll = (order, job, token) => Of(order).Poll(order, job, token),
            Fetch = FetchAsync,
            Cancel = order => Of(order).CancelAsync(order, new RenderPlan(), new RenderJob(""), CancellationToken.None),
        };

        async Task<FetchOutcome> FetchAsync(RenderRequest order)
        {
            await media.SaveAsync(MediaKind.Original, order.OriginalName, (to, token) =>
                to.WriteAsync("film"u8.ToArray(), token).AsTask(),
                CancellationToken.None);
            return await Of(order).FetchAsync(
                order, new RenderPlan(), new RenderJob(""), new RenderResult(""), CancellationToken.None);
        }

        ScriptedBackend Of(RenderRequest order)
        {
            lock (_byScript)
            {
                return _byScript.GetValueOrDefault(order.Request.Script, plain);
            }
        }
    }

    public IVideoBackend Current => _switch;

    public IVideoBackend? Find(string name) => name == _switch.Name ? _switch : null;

    /// <summary>A request whose script leads to the given backend.</summary>
    public GenerationRequest RequestFor(ScriptedBackend backend, string owner = "public")
    {
        var script = $"Script {Guid.NewGuid():N}";
        lock (_byScript)
        {
            _byScript[script] = backend;
        }

        return Orders.Request(owner) with { Script = script };
    }
}
