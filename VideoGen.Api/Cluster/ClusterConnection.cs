namespace VideoGen.Api.Cluster;

/// <summary>How this API process stands with its cluster.</summary>
internal sealed class ClusterConnection : ILifecycleParticipant<IClusterClientLifecycle>, IClusterConnectionStatusObserver
{
    private volatile bool _hasJoined;
    private volatile int _gateways;

    /// <summary>Whether it ever was connected; before that no grain can be called at all.</summary>
    public bool HasJoined => _hasJoined;

    /// <summary>Whether a silo is connected right now.</summary>
    public bool IsConnected => _hasJoined && _gateways > 0;

    /// <summary>A silo has gone, perhaps with changes that it had stored and not published.</summary>
    public event Action? SiloLost;

    public void Participate(IClusterClientLifecycle lifecycle) =>
        lifecycle.Subscribe(nameof(ClusterConnection), ServiceLifecycleStage.Active, _ =>
        {
            _hasJoined = true;
            return Task.CompletedTask;
        });

    public void NotifyGatewayCountChanged(int currentNumberOfGateways, int previousNumberOfGateways, bool connectionRecovered)
    {
        _gateways = currentNumberOfGateways;
        if (currentNumberOfGateways < previousNumberOfGateways)
        {
            SiloLost?.Invoke();
        }
    }

    public void NotifyClusterConnectionLost()
    {
        _gateways = 0;
        SiloLost?.Invoke();
    }
}
