# Starts the dashboard with Windows, without a user who is logged on, and again when it ends.
#   powershell -ExecutionPolicy Bypass -File deploy\windows_service.ps1 -Release C:\sejong\current -Data D:\expo-data
param(
    [Parameter(Mandatory)] [string] $Release,
    [Parameter(Mandatory)] [string] $Data,
    [int] $Port = 8501,
    [string] $Address = "127.0.0.1",
    [string] $Name = "SejongDash$Port"
)
$ErrorActionPreference = "Stop"
$python = Join-Path $Release ".venv\Scripts\python.exe"
if (-not (Test-Path $python)) { throw "There is no $python. Install the release first: docs\deployment.md says how." }

# The account of services without rights over the machine; it may read the release and write the tables.
$account = "NT AUTHORITY\LocalService"
icacls $Release /grant "${account}:(OI)(CI)RX" | Out-Null
icacls $Data /grant "${account}:(OI)(CI)M" | Out-Null

$command = "/c set SEJONG_DATA=$Data&& `"$python`" -m streamlit run app.py --server.port $Port --server.address $Address"
$action = New-ScheduledTaskAction -Execute "cmd.exe" -Argument $command -WorkingDirectory $Release
$trigger = New-ScheduledTaskTrigger -AtStartup
$principal = New-ScheduledTaskPrincipal -UserId $account -LogonType ServiceAccount
$settings = New-ScheduledTaskSettingsSet -RestartCount 999 -RestartInterval (New-TimeSpan -Minutes 1) `
    -ExecutionTimeLimit ([TimeSpan]::Zero) -AllowStartIfOnBatteries -DontStopIfGoingOnBatteries
Register-ScheduledTask -TaskName $Name -Action $action -Trigger $trigger -Principal $principal -Settings $settings -Force | Out-Null
Start-ScheduledTask -TaskName $Name
